package shop;

import io.osspost.profile.KeyNaming;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Registers a naming of the application under the name "boxes". */
public class Boxes implements ServletContextListener {
  @Override
  public void contextInitialized(ServletContextEvent event) {
    KeyNaming naming = (caller, file, now) -> "box-of-" + file;
    event.getServletContext().setAttribute("boxes", naming);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {}
}
