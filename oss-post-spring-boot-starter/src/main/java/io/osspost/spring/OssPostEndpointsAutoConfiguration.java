package io.osspost.spring;

import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadListener;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.profile.KeyNaming;
import io.osspost.settings.UploadSettings;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoints, out of settings and the beans the application brings.
 *
 * <p>What a property names wins over a bean found by its type.
 */
@AutoConfiguration(
    after = {OssPostCredentialsAutoConfiguration.class, OssPostCallersAutoConfiguration.class})
public class OssPostEndpointsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  UploadEndpoints ossPostEndpoints(
      UploadSettings settings,
      OssPostProperties properties,
      BeanFactory beans,
      ApplicationEventPublisher publisher) {
    ApplicationEvents events = new ApplicationEvents(publisher);
    UploadSettings.Opening opening =
        settings
            .opening()
            .objects(new NamedBeans(beans))
            .events(events::granted)
            .callbackEvents(events::calledBack);
    bring(beans, OssCredentialsProvider.class, null, opening::credentials);
    bring(beans, CallerAuthorizer.class, properties.authorizer(), opening::callers);
    bring(beans, RateLimit.class, properties.rateLimit(), opening::rateLimit);
    bring(beans, KeyNaming.class, properties.naming(), opening::naming);
    bring(beans, TokenVendor.class, null, opening::tokens);
    bring(beans, Clock.class, null, opening::clock);
    bring(beans, UploadCallbacks.Memory.class, null, opening::memory);
    if (properties.listener() == null) {
      listenAll(beans, opening);
    }
    customizeAll(beans, opening);
    return opening.open();
  }

  private static <T> void bring(
      BeanFactory beans, Class<T> type, @Nullable String named, Consumer<T> opening) {
    if (named == null) {
      beans.getBeanProvider(type).ifAvailable(opening);
    }
  }

  private static void listenAll(BeanFactory beans, UploadSettings.Opening opening) {
    List<UploadListener> listeners =
        beans.getBeanProvider(UploadListener.class).orderedStream().toList();
    if (!listeners.isEmpty()) {
      opening.listener(uploaded -> listeners.forEach(listener -> listener.uploaded(uploaded)));
    }
  }

  private static void customizeAll(BeanFactory beans, UploadSettings.Opening opening) {
    List<UploadProfileCustomizer> customizers =
        beans.getBeanProvider(UploadProfileCustomizer.class).orderedStream().toList();
    opening.customize(
        (name, profile) -> customizers.forEach(customizer -> customizer.customize(name, profile)));
  }
}
