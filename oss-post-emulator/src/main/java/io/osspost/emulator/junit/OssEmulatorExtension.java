package io.osspost.emulator.junit;

import io.osspost.emulator.OssEmulator;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Passes a running {@link OssEmulator} to methods with such a parameter, and closes it afterwards.
 * Each test gets its own emulator. If a {@code @BeforeAll} method has the parameter, all tests of
 * the class share one.
 *
 * <pre>{@code
 * @ExtendWith(OssEmulatorExtension.class)
 * class UploadTest {
 *   @Test
 *   void uploadIsStored(OssEmulator oss) { ... }
 * }
 * }</pre>
 *
 * <p>Register it with a supplier to change the defaults of {@link OssEmulator#start()}:
 *
 * <pre>{@code
 * @RegisterExtension
 * static OssEmulatorExtension emulator =
 *     new OssEmulatorExtension(() -> OssEmulator.builder().stsPort(0).start());
 * }</pre>
 */
public final class OssEmulatorExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OssEmulatorExtension.class);

  private final Supplier<OssEmulator> starter;

  /** Creates an extension that starts emulators with their defaults. */
  public OssEmulatorExtension() {
    this(OssEmulator::start);
  }

  /**
   * Creates an extension that starts emulators with {@code starter}, which is called once for each.
   */
  public OssEmulatorExtension(Supplier<OssEmulator> starter) {
    this.starter = Objects.requireNonNull(starter, "starter");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == OssEmulator.class;
  }

  /**
   * The store searches the enclosing scopes first, and closes its objects with its own scope. Its
   * deprecated method is called because JUnit 5 does not have the new one.
   */
  @Override
  @SuppressWarnings("deprecation")
  public OssEmulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                OssEmulator.class, type -> new Running(starter.get()), Running.class);
    return Objects.requireNonNull(running).emulator;
  }

  /** An emulator that the store closes: JUnit before 5.13 only closes the deprecated type. */
  @SuppressWarnings("deprecation")
  private static final class Running
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    final OssEmulator emulator;

    Running(OssEmulator emulator) {
      this.emulator = emulator;
    }

    @Override
    public void close() {
      emulator.close();
    }
  }

  /** A parameter of a constructor has the lifetime of the test whose instance is created. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(
      ExtensionContext rootContext) {
    return ExtensionContextScope.TEST_METHOD;
  }
}
