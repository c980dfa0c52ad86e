package io.osspost.emulator.junit;

import io.osspost.emulator.OssEmulator;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a running {@link OssEmulator} to whatever asks for one as a parameter, and closes it when
 * that is over: a test has an emulator of its own, unless a {@code @BeforeAll} method asks first,
 * and then all tests of the class share that one.
 *
 * <pre>{@code
 * @ExtendWith(OssEmulatorExtension.class)
 * class UploadTest {
 *   @Test
 *   void uploadIsStored(OssEmulator oss) { ... }
 * }
 * }</pre>
 *
 * <p>Register it with a supplier to start another one than {@link OssEmulator#start()} does:
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

  /** Starts emulators with their defaults. */
  public OssEmulatorExtension() {
    this(OssEmulator::start);
  }

  /** Starts emulators as {@code starter} does; called once for each. */
  public OssEmulatorExtension(Supplier<OssEmulator> starter) {
    this.starter = Objects.requireNonNull(starter, "starter");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == OssEmulator.class;
  }

  /** The store looks in the enclosing scopes first, and closes what it holds with its own scope. */
  @Override
  public OssEmulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(OssEmulator.class, type -> starter.get(), OssEmulator.class);
  }

  /** A constructor asks on behalf of the test it makes an instance for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(
      ExtensionContext rootContext) {
    return ExtensionContextScope.TEST_METHOD;
  }
}
