package io.osspost.examples.runner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Comparator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;

/**
 * The main class of {@code java -jar example.war [PORT]}: runs that WAR on a Tomcat, as in its
 * {@code webapps}, and an emulator in this process if no bucket is configured.
 *
 * <p>This class is compiled for Java 8. The emulator needs Java 17.
 */
public final class WarRunner {
  /** The field keeps the logger, which is referenced weakly. */
  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

  private WarRunner() {}

  public static void main(String[] arguments) throws IOException, LifecycleException {
    TOMCAT_LOG.setLevel(Level.WARNING);
    Path war = Paths.get(System.getProperty("java.class.path")).toAbsolutePath();
    String path = "/" + war.getFileName().toString().replaceFirst("\\.war$", "");

    int port = arguments.length == 0 ? 8080 : Integer.parseInt(arguments[0]);
    Tomcat tomcat = tomcat(port);
    Context context = tomcat.addWebapp(path, war.toString());
    // Binds the port, so that the callback's address is known before the filter reads it.
    tomcat.init();
    if (tomcat.getConnector().getLocalPort() < 0) {
      end("Port " + port + " is in use. Name another: java -jar " + war.getFileName() + " 8081");
    }
    String place = ":" + tomcat.getConnector().getLocalPort() + path + "/";

    String where = "Uploads go to OSS.";
    if (needsEmulator()) {
      where =
          "No bucket is configured: uploads go to an emulated OSS at "
              + startEmulator("http://127.0.0.1" + place)
              + ",\n  in this process, and are deleted when it stops.\n"
              + "  For real OSS set OSS_POST_BUCKET, OSS_POST_REGION, OSS_ACCESS_KEY_ID and"
              + " OSS_ACCESS_KEY_SECRET.";
    }
    tomcat.start();
    if (!context.getState().isAvailable()) {
      end("The application did not start. The messages above contain the reason.");
    }
    System.out.printf("%n  %s%n  Open http://localhost%s%s%n%n", where, place, login(context));
    tomcat.getServer().await();
  }

  private static boolean needsEmulator() {
    return System.getProperty("oss.post.bucket") == null
        && System.getenv("OSS_POST_BUCKET") == null;
  }

  /** Returns the address of a new emulator in this process. */
  private static String startEmulator(String application) {
    try {
      return EmbeddedOss.start(application);
    } catch (UnsupportedClassVersionError e) {
      end("The emulator needs Java 17. Set OSS_POST_BUCKET, or use on-java-8/run of legacy-war.");
      throw e;
    }
  }

  private static Tomcat tomcat(int port) throws IOException {
    Path base = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(tomcat, base), "end of Tomcat"));
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(port);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    ((StandardHost) tomcat.getHost()).setUnpackWARs(false);
    tomcat.addUser("alice", "alice");
    tomcat.addUser("bob", "bob");
    return tomcat;
  }

  private static void end(String reason) {
    System.err.println(reason);
    System.exit(1);
  }

  /** Lets the filter close its resources, and deletes temporary files. */
  private static void close(Tomcat tomcat, Path base) {
    try (Stream<Path> files = Files.walk(base)) {
      tomcat.stop();
      tomcat.destroy();
      files.map(Path::toFile).sorted(Comparator.reverseOrder()).forEach(File::delete);
    } catch (IOException | LifecycleException e) {
      System.err.println("Tomcat did not end cleanly: " + e);
    }
  }

  private static String login(Context context) {
    return context.getLoginConfig().getAuthMethod().equals("NONE")
        ? ""
        : " and log in as alice or bob; the password is the name";
  }
}
