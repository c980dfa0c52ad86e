package containers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import io.undertow.server.handlers.CanonicalPathHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Undertow, which supports servlets but no WARs: {@link UnpackedWar} reads them for it. */
final class UndertowContainer extends Container {
  private final PathHandler paths = Handlers.path();
  private final Map<String, DeploymentManager> deployed = new HashMap<>();

  public static void main(String[] arguments) throws Exception {
    new UndertowContainer().obey();
  }

  @Override
  int start() {
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(2)
            .setWorkerThreads(8)
            .setHandler(new CanonicalPathHandler(paths))
            .build();
    undertow.start();
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  ClassLoader deploy(String path, Path war) throws Exception {
    UnpackedWar unpacked = UnpackedWar.of(war);
    DeploymentManager manager =
        Servlets.newContainer()
            .addDeployment(unpacked.deployment(path).setIdentityManager(new Users()));
    manager.deploy();
    paths.addPrefixPath(path, manager.start());
    deployed.put(path, manager);
    return unpacked.loader();
  }

  @Override
  void undeploy(String path) throws Exception {
    paths.removePrefixPath(path);
    DeploymentManager manager = deployed.remove(path);
    manager.stop();
    manager.undeploy();
  }

  /** Users Alice and Edith, whose passwords are their names. */
  private static final class Users implements IdentityManager {
    @Override
    public Account verify(Account account) {
      return account;
    }

    @Override
    public Account verify(Credential credential) {
      return null;
    }

    @Override
    public Account verify(String id, Credential credential) {
      String password = new String(((PasswordCredential) credential).getPassword());
      if (!password.equals(id + "'s")) {
        return null;
      }
      return switch (id) {
        case "alice" -> new User(id, Set.of("member"));
        case "edith" -> new User(id, Set.of("member", "editor"));
        default -> null;
      };
    }
  }

  private record User(String name, Set<String> roles) implements Account {
    @Override
    public Principal getPrincipal() {
      return () -> name;
    }

    @Override
    public Set<String> getRoles() {
      return roles;
    }
  }
}
