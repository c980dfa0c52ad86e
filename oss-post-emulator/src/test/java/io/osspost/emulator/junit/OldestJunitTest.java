package io.osspost.emulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Runs the extension with the classes of the oldest JUnit that it supports. */
class OldestJunitTest {
  private static final String API = "org.junit.jupiter.api.extension.";

  @Test
  @SuppressWarnings("unchecked")
  void extensionResolvesAndItsStoredObjectIsCloseable() throws Exception {
    URL[] classes = {
      Path.of("target/classes").toUri().toURL(),
      Path.of("target/oldest-junit/junit-jupiter-api.jar").toUri().toURL(),
      Path.of("target/oldest-junit/junit-platform-commons.jar").toUri().toURL()
    };
    Map<Object, Object> stored = new HashMap<>();
    try (URLClassLoader loader =
        new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
      Class<?> emulator = loader.loadClass(OssEmulator.class.getName());
      Supplier<Object> starter = () -> call(() -> emulator.getMethod("start").invoke(null));
      Object store =
          proxy(
              loader,
              "ExtensionContext$Store",
              (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("getOrComputeIfAbsent");
                return stored.computeIfAbsent(
                    arguments[0], ((Function<Object, Object>) arguments[1]));
              });
      Object context = proxy(loader, "ExtensionContext", (proxy, method, arguments) -> store);
      Object parameter = proxy(loader, "ParameterContext", (proxy, method, arguments) -> null);
      Class<?> type = loader.loadClass(OssEmulatorExtension.class.getName());
      Object extension = type.getConstructor(Supplier.class).newInstance(starter);

      Object resolved =
          loader
              .loadClass(API + "ParameterResolver")
              .getMethod(
                  "resolveParameter",
                  loader.loadClass(API + "ParameterContext"),
                  loader.loadClass(API + "ExtensionContext"))
              .invoke(extension, parameter, context);

      assertThat(resolved).isInstanceOf(emulator);
      Class<?> closeable = loader.loadClass(API + "ExtensionContext$Store$CloseableResource");
      assertThat(stored.values()).singleElement().isInstanceOf(closeable);
      closeable.getMethod("close").invoke(stored.values().iterator().next());
    }
  }

  private interface Call {
    Object get() throws Exception;
  }

  private static Object call(Call call) {
    try {
      return call.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Object proxy(ClassLoader loader, String type, InvocationHandler handler)
      throws ClassNotFoundException {
    return Proxy.newProxyInstance(loader, new Class<?>[] {loader.loadClass(API + type)}, handler);
  }
}
