package io.osspost.spring;

import io.osspost.callback.UploadedObject;
import io.osspost.web.CallbackEvent;
import io.osspost.web.GrantEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes the endpoints' events in the application: every {@link GrantEvent}, every {@link
 * CallbackEvent}, and every reported upload.
 */
record ApplicationEvents(ApplicationEventPublisher publisher) {
  void granted(GrantEvent event) {
    publisher.publishEvent(event);
  }

  void calledBack(CallbackEvent event) {
    publisher.publishEvent(event);
  }

  void uploaded(UploadedObject uploaded) {
    publisher.publishEvent(uploaded);
  }
}
