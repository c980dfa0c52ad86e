package io.osspost.spring.emulator;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * Runs a test with an emulator inside this process, regardless of the bucket in the application's
 * properties. The test may inject it as {@code io.osspost.emulator.OssEmulator}.
 *
 * <p>Needs {@code oss-post-emulator} in scope test. If the test starts a web server, it receives
 * the callbacks.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@TestPropertySource(properties = {"oss.post.emulator.enabled=true", "oss.post.bucket="})
public @interface AutoConfigureOssEmulator {}
