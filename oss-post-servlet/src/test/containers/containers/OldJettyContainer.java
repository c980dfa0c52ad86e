package containers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.annotations.AnnotationConfiguration;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.security.Credential;
import org.eclipse.jetty.webapp.Configuration;
import org.eclipse.jetty.webapp.JettyWebXmlConfiguration;
import org.eclipse.jetty.webapp.WebAppContext;

/** Jetty 9.4, the last one that runs on Java 8. */
final class OldJettyContainer extends Container {
  private final Server server = new Server();
  private final ContextHandlerCollection contexts = new ContextHandlerCollection();
  private final Map<String, WebAppContext> deployed = new HashMap<>();

  public static void main(String[] arguments) throws Exception {
    new OldJettyContainer().obey();
  }

  @Override
  int start() throws Exception {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(contexts);
    // Its distribution looks for initializers, an embedded server does not.
    Configuration.ClassList.setServerDefault(server)
        .addBefore(
            JettyWebXmlConfiguration.class.getName(), AnnotationConfiguration.class.getName());
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
    WebAppContext context = deployed.remove(path);
    context.stop();
    contexts.removeHandler(context);
  }
}
