package io.osspost.examples;

import io.osspost.emulator.OssEmulator;
import io.osspost.examples.attacks.AttackContract;
import io.osspost.testsupport.PackagedProgram;
import java.util.ArrayList;
import java.util.List;

/** Attacks on the packaged application. */
class AttacksIT extends AttackContract {
  @Override
  protected PackagedProgram start(OssEmulator oss) throws Exception {
    List<String> properties = new ArrayList<>();
    properties.add("--oss.post.profiles.default.content-types=image/*");
    OPEN.forEach((name, value) -> properties.add("--oss.post.profiles.open." + name + "=" + value));
    return PackagedApplication.using(oss, properties.toArray(String[]::new));
  }

  @Override
  protected PackagedProgram startAlone() throws Exception {
    return PackagedApplication.start();
  }

  @Override
  protected PackagedProgram startWith(String id, String secret) throws Exception {
    return PackagedApplication.start(
        "--oss.post.bucket=mybucket",
        "--oss.post.region=cn-hangzhou",
        "--oss.post.credentials.type=static",
        "--oss.post.credentials.access-key-id=" + id,
        "--oss.post.credentials.access-key-secret=" + secret);
  }
}
