package io.osspost.spring;

import io.osspost.spi.CredentialsType;
import io.osspost.spi.RateStoreType;
import io.osspost.spi.StoreType;
import io.osspost.spi.TokenVendorType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * The classes and resources that a native image needs: the properties' records, services, and the
 * browser module.
 */
final class OssPostRuntimeHints implements RuntimeHintsRegistrar {
  private static final List<Class<? extends Record>> PROPERTIES =
      List.of(
          OssPostProperties.class,
          OssPostProperties.Credentials.class,
          OssPostProperties.Token.class,
          OssPostProperties.Cors.class,
          OssPostProperties.Multipart.class,
          OssPostProperties.Store.class,
          OssPostProperties.Ledger.class,
          OssPostProperties.Rates.class,
          OssPostProperties.Tenants.class,
          OssPostProperties.Callback.class,
          OssPostProperties.Emulator.class,
          OssPostProperties.Profile.class);

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    for (Class<? extends Record> properties : PROPERTIES) {
      for (RecordComponent component : properties.getRecordComponents()) {
        hints.reflection().registerMethod(component.getAccessor(), ExecutableMode.INVOKE);
      }
    }
    registerServices(hints, CredentialsType.class, loader);
    registerServices(hints, TokenVendorType.class, loader);
    registerServices(hints, StoreType.class, loader);
    registerServices(hints, RateStoreType.class, loader);
    hints
        .resources()
        .registerPattern("META-INF/resources/oss-post/*")
        .registerPattern("io/osspost/callback/*.pem");
  }

  private static void registerServices(
      RuntimeHints hints, Class<?> service, @Nullable ClassLoader loader) {
    hints.resources().registerPattern("META-INF/services/" + service.getName());
    ServiceLoader.load(service, loader).stream()
        .forEach(
            found ->
                hints
                    .reflection()
                    .registerType(found.type(), MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
  }
}
