package containers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.security.Credential;

/** Jetty 12 with one of its Jakarta EE environments, which the test writes in place of ee11. */
final class JettyContainer extends Container {
  private final Server server = new Server();
  private final ContextHandlerCollection contexts = new ContextHandlerCollection();
  private final Map<String, WebAppContext> deployed = new HashMap<>();

  public static void main(String[] arguments) throws Exception {
    new JettyContainer().obey();
  }

  @Override
  int start() throws Exception {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    String compliance = System.getenv("URI_COMPLIANCE");
    if (compliance != null) {
      connector
          .getConnectionFactory(HttpConnectionFactory.class)
          .getHttpConfiguration()
          .setUriCompliance(UriCompliance.valueOf(compliance));
    }
    server.addConnector(connector);
    server.setHandler(contexts);
    HashLoginService logins = new HashLoginService("shop");
    UserStore users = new UserStore();
    users.addUser("alice", Credential.getCredential("alice's"), new String[] {"member"});
    users.addUser("edith", Credential.getCredential("edith's"), new String[] {"member", "editor"});
    logins.setUserStore(users);
    server.addBean(logins);
    server.start();
    return connector.getLocalPort();
  }

  @Override
  ClassLoader deploy(String path, Path war) throws Exception {
    WebAppContext context = new WebAppContext();
    context.setContextPath(path);
    context.setWar(war.toString());
    context.setThrowUnavailableOnStartupException(true);
    contexts.addHandler(context);
    deployed.put(path, context);
    context.start();
    return context.getClassLoader();
  }

  @Override
  void undeploy(String path) throws Exception {
    deployed.remove(path).stop();
  }
}
