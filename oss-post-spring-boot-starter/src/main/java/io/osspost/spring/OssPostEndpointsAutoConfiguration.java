package io.osspost.spring;

import io.osspost.callback.CallbackMemory;
import io.osspost.callback.UploadListener;
import io.osspost.credentials.TokenVendor;
import io.osspost.profile.KeyNaming;
import io.osspost.settings.UploadSettings;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the endpoints, out of settings and the beans the application brings.
 *
 * <p>What a property names wins over a bean found by its type, and connection details win over
 * both.
 */
@AutoConfiguration(
    after = {OssPostCredentialsAutoConfiguration.class, OssPostCallersAutoConfiguration.class})
public class OssPostEndpointsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  UploadEndpoints ossPostEndpoints(
      UploadSettings settings,
      SigningCredentials signing,
      OssPostProperties properties,
      ObjectProvider<OssPostConnectionDetails> connection,
      ListableBeanFactory beans,
      ApplicationEventPublisher publisher) {
    ApplicationEvents events = new ApplicationEvents(publisher);
    UploadSettings.Opening opening =
        settings
            .opening()
            .objects(new NamedBeans(beans))
            .credentials(signing.provider())
            .events(events::granted)
            .callbackEvents(events::calledBack);
    bring(beans, CallerAuthorizer.class, properties.authorizer(), opening::callers);
    bring(beans, RateLimit.class, properties.rateLimit(), opening::rateLimit);
    bring(beans, KeyNaming.class, properties.naming(), opening::naming);
    bring(beans, CallbackMemory.class, null, opening::memory);
    beans.getBeanProvider(Clock.class).ifUnique(opening::clock);
    if (connection.getIfAvailable() == null) {
      bring(beans, TokenVendor.class, null, opening::tokens);
    }
    if (properties.listener() == null) {
      listenAll(beans, opening);
    }
    customizeAll(beans, opening);
    return opening.open();
  }

  private static <T> void bring(
      ListableBeanFactory beans, Class<T> type, @Nullable String named, Consumer<T> opening) {
    if (named == null) {
      beans.getBeanProvider(type).ifAvailable(opening);
    }
  }

  /** Listeners are fetched when there is something to hear, as they may want the endpoints. */
  private static void listenAll(ListableBeanFactory beans, UploadSettings.Opening opening) {
    Supplier<List<UploadListener>> listeners =
        SingletonSupplier.of(
            () -> beans.getBeanProvider(UploadListener.class).orderedStream().toList());
    if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, UploadListener.class).length
        > 0) {
      opening.listener(
          uploaded -> listeners.get().forEach(listener -> listener.uploaded(uploaded)));
    }
  }

  private static void customizeAll(ListableBeanFactory beans, UploadSettings.Opening opening) {
    List<UploadProfileCustomizer> customizers =
        beans.getBeanProvider(UploadProfileCustomizer.class).orderedStream().toList();
    opening.customize(
        (name, profile) -> customizers.forEach(customizer -> customizer.customize(name, profile)));
  }
}
