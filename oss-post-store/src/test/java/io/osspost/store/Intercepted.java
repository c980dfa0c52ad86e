package io.osspost.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Data sources on which something happens once, just before a statement. */
final class Intercepted {
  private Intercepted() {}

  /** What happens. */
  interface Event {
    void happen() throws SQLException;
  }

  /** Returns {@code source}, on which {@code event} happens before a statement with that text. */
  static DataSource before(DataSource source, String text, Event event) {
    AtomicBoolean happened = new AtomicBoolean();
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object result = call(source, method, arguments);
          return result instanceof Connection connection
              ? connection(connection, text, event, happened)
              : result;
        });
  }

  private static Connection connection(
      Connection connection, String text, Event event, AtomicBoolean happened) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("prepareStatement")
              && String.valueOf(arguments[0]).contains(text)
              && happened.compareAndSet(false, true)) {
            event.happen();
          }
          return call(connection, method, arguments);
        });
  }

  private interface Call {
    Object run(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            Intercepted.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.run(method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
