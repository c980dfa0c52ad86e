package containers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Tomcat 8.5 to 11, as its own distribution has it, with the settings WARs get by default. */
final class TomcatContainer extends Container {
  private final Tomcat tomcat = new Tomcat();

  public static void main(String[] arguments) throws Exception {
    new TomcatContainer().obey();
  }

  @Override
  int start() throws Exception {
    Path base = Files.createTempDirectory("tomcat");
    Files.createDirectories(base.resolve("webapps"));
    tomcat.setBaseDir(base.toString());
    tomcat.enableNaming();
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.addUser("alice", "alice's");
    tomcat.addRole("alice", "member");
    tomcat.addUser("edith", "edith's");
    tomcat.addRole("edith", "member");
    tomcat.addRole("edith", "editor");
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  ClassLoader deploy(String path, Path war) throws Exception {
    Context context = tomcat.addWebapp(path, war.toString());
    if (!context.getState().isAvailable()) {
      throw new IllegalStateException(path + " is " + context.getState());
    }
    return context.getLoader().getClassLoader();
  }

  @Override
  void undeploy(String path) throws Exception {
    Context context = (Context) tomcat.getHost().findChild(path);
    tomcat.getHost().removeChild(context);
    context.destroy();
  }
}
