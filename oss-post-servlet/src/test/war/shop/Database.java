package shop;

import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.store.JoinedTransaction;
import io.osspost.store.PlainTransaction;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;

/** Writes uploads into the database of the store, in its transaction, and lists them. */
public class Database extends HttpServlet implements ServletContextListener, UploadListener {
  private static final JdbcDataSource SOURCE = new JdbcDataSource();
  private static final PlainTransaction TRANSACTION = new PlainTransaction(SOURCE);

  @Override
  public void contextInitialized(ServletContextEvent event) {
    SOURCE.setURL("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
    event.getServletContext().setAttribute("uploads", SOURCE);
    event.getServletContext().setAttribute(JoinedTransaction.class.getName(), TRANSACTION);
    try (Connection connection = SOURCE.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE photos (object_key VARCHAR(200))");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {}

  @Override
  public void uploaded(UploadedObject object) {
    try (PreparedStatement insert =
        TRANSACTION.connection().prepareStatement("INSERT INTO photos VALUES (?)")) {
      insert.setString(1, object.key().value());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (Connection connection = SOURCE.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT object_key FROM photos")) {
      while (rows.next()) {
        response.getWriter().println(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
