package io.osspost.spring;

import io.osspost.callback.UploadedObject;
import io.osspost.ledger.GrantEnd;
import io.osspost.web.CallbackEvent;
import io.osspost.web.GrantEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes the endpoints' events in the application: every {@link GrantEvent}, every {@link
 * CallbackEvent}, every reported upload, and every {@link GrantEnd}.
 */
record ApplicationEvents(ApplicationEventPublisher publisher) {
  void granted(GrantEvent event) {
    publisher.publishEvent(event);
  }

  void calledBack(CallbackEvent event) {
    publisher.publishEvent(event);
  }

  void ended(GrantEnd end) {
    publisher.publishEvent(end);
  }

  void uploaded(UploadedObject uploaded) {
    publisher.publishEvent(uploaded);
  }
}
