package io.osspost.spring.emulator;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * Runs a test against an OSS inside this process, whatever bucket the application's properties
 * name. The test may have it injected, as {@code io.osspost.emulator.OssEmulator}.
 *
 * <p>Needs {@code oss-post-emulator} in scope test. Where the test starts a web server, callbacks
 * come to it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@TestPropertySource(properties = {"oss.post.emulator.enabled=true", "oss.post.bucket="})
public @interface AutoConfigureOssEmulator {}
