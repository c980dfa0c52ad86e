package io.osspost.examples.tenants;

import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.object.ProfileId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** The reported uploads of each tenant, in the memory of this process. */
@Component
class TenantUploads implements UploadListener {
  private final List<UploadedObject> all = new CopyOnWriteArrayList<>();

  /** An upload, for the page. */
  record Upload(String bucket, String key, long size) {}

  @Override
  public void uploaded(UploadedObject uploaded) {
    all.add(uploaded);
  }

  List<Upload> of(String tenant) {
    return all.stream()
        .filter(
            object -> object.profileId().map(ProfileId::tenant).filter(tenant::equals).isPresent())
        .map(object -> new Upload(object.bucket(), object.key().value(), object.size()))
        .toList();
  }
}
