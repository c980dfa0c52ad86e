package io.osspost.spring;

import io.osspost.settings.Collaborators;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.web.UploadEndpoints;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Opens the endpoints again with changed properties. Thread-safe.
 *
 * <p>The beans of the application and the credentials remain: only the settings are read again.
 */
public final class OssPostReload {
  private static final Log LOG = LogFactory.getLog(OssPostReload.class);

  private final UploadEndpoints endpoints;
  private final Environment environment;
  private final Supplier<Collaborators> collaborators;
  private final Consumer<SettingTexts> connection;

  OssPostReload(
      UploadEndpoints endpoints,
      Environment environment,
      Supplier<Collaborators> collaborators,
      Consumer<SettingTexts> connection) {
    this.endpoints = endpoints;
    this.environment = environment;
    this.collaborators = collaborators;
    this.connection = connection;
  }

  /**
   * Reads the properties {@code oss.post.*} from the environment, and replaces the endpoints by
   * those of the properties. The resources of the former endpoints are closed after their last
   * request.
   *
   * @throws BindException if a property has another type or is unknown; the former endpoints remain
   * @throws InvalidSettingException if a property is invalid; the former endpoints remain
   * @throws IllegalArgumentException if the path prefix changed; the former endpoints remain
   */
  public synchronized void reload() {
    OssPostProperties properties =
        Binder.get(environment)
            .bindOrCreate(
                "oss.post",
                Bindable.of(OssPostProperties.class),
                new NoUnboundElementsBindHandler(
                    BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
    SettingTexts texts = SettingTexts.of(properties);
    connection.accept(texts);
    UploadEndpoints next = UploadSettings.read(texts.byName()).open(collaborators.get());
    boolean replaced = false;
    try {
      endpoints.replaceWith(next);
      replaced = true;
    } finally {
      if (!replaced) {
        next.close();
      }
    }
    if (!texts.byName().containsKey("callback.ticket-secret")) {
      LOG.warn(
          "The tickets of earlier grants are refused from now on. Set"
              + " 'oss.post.callback.ticket-secret' to keep them over changes of the settings.");
    }
    LOG.info("The settings of uploads were read again.");
  }
}
