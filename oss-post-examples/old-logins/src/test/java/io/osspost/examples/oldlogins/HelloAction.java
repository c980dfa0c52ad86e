package io.osspost.examples.oldlogins;

import java.io.IOException;
import org.apache.struts2.ServletActionContext;

/** An action of a Struts application. */
public final class HelloAction {
  /** Answers by itself, so it has no result. */
  public String execute() throws IOException {
    ServletActionContext.getResponse().getWriter().print("hello");
    return "none";
  }
}
