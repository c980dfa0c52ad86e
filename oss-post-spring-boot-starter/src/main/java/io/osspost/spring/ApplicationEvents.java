package io.osspost.spring;

import io.osspost.web.CallbackEvent;
import io.osspost.web.GrantEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes the endpoints' events in the application: every {@link GrantEvent}, every {@link
 * CallbackEvent}, and the object of a verified upload.
 */
record ApplicationEvents(ApplicationEventPublisher publisher) {
  void granted(GrantEvent event) {
    publisher.publishEvent(event);
  }

  void calledBack(CallbackEvent event) {
    try {
      publisher.publishEvent(event);
    } finally {
      if (event.outcome().equals("verified")) {
        event.object().ifPresent(publisher::publishEvent);
      }
    }
  }
}
