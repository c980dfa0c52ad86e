package io.osspost.examples.plain;

import io.osspost.UploadGrants;
import io.osspost.callback.AnsweringListener;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.CallbackOutcome;
import io.osspost.callback.CallbackRefusedException;
import io.osspost.callback.CallbackRequest;
import io.osspost.callback.CallbackVerifier;
import io.osspost.callback.ConfirmMode;
import io.osspost.callback.Confirmation;
import io.osspost.callback.UploadAnswer;
import io.osspost.callback.UploadCallbacks;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedImage;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.settings.Collaborators;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.SecretNames;
import io.osspost.settings.UploadSettings;
import io.osspost.sign.SignatureVersion;
import io.osspost.ticket.CallbackBodyType;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.CallbackVariable;
import io.osspost.ticket.GrantTerms;
import io.osspost.ticket.TicketRefusedException;
import io.osspost.ticket.UploadTickets;
import io.osspost.web.CallbackEvent;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.CallerSource;
import io.osspost.web.GrantEvent;
import io.osspost.web.PrincipalNames;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import io.osspost.web.WebResponse;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds the endpoints to a server of the application. */
public final class Endpoints {
  private final List<String> log = new ArrayList<>();
  private final UploadListener listener = this::stored;
  private final AnsweringListener answering = this::answered;
  private final PrincipalNames names = Principal::getName;

  /** Returns the endpoints of settings, with the application's own objects. */
  public UploadEndpoints open(Map<String, String> settings, OssCredentialsProvider credentials) {
    try {
      return UploadSettings.read(settings)
          .open(
              Collaborators.builder()
                  .credentials(credentials)
                  .authorizer(CallerAuthorizer.anonymousAllowed(names))
                  .rateLimit(RateLimit.none())
                  .memory(CallbackMemory.inProcess(1000))
                  .uploadListener(answering)
                  .onGrant(this::granted)
                  .onCallback(this::calledBack)
                  .build());
    } catch (InvalidSettingException e) {
      throw new IllegalStateException(masked(settings) + ": " + e.getMessage(), e);
    }
  }

  /** Returns the same endpoints, built without settings, for users of the application's session. */
  public UploadEndpoints assemble(
      UploadGrants grants, UploadTickets tickets, OssCredentialsProvider credentials) {
    UploadCallbacks callbacks =
        UploadCallbacks.builder(tickets, listener)
            .verifier(CallbackVerifier.builder().publicPath("/app/oss_upload_callback").build())
            .confirm(
                ConfirmMode.REQUIRED,
                credentials,
                List.of(OssBucket.of("examplebucket", "cn-hangzhou")),
                SignatureVersion.V4)
            .build();
    return UploadEndpoints.builder(grants)
        .callers(CallerSource.ofSession("loginUser.name", Optional.of("loginUser.roles")))
        .callbacks(callbacks)
        .closeAlso(callbacks)
        .build();
  }

  /** The page receives the answer as {@code stored.answer}. */
  private UploadAnswer answered(UploadedObject object) {
    stored(object);
    return UploadAnswer.of(Map.of("number", log.size()));
  }

  /** One request of a client. */
  public String answer(UploadEndpoints endpoints, WebRequest request) {
    Optional<WebResponse> answer = endpoints.handle(request);
    return answer.map(response -> response.status() + " " + response.headers()).orElse("not ours");
  }

  /** One callback, in an application without the endpoints. */
  public String receive(UploadCallbacks callbacks, CallbackRequest request) {
    try {
      CallbackOutcome outcome = callbacks.receive(request);
      return outcome.isNew() + " " + outcome.object().key();
    } catch (CallbackRefusedException e) {
      return e.reason().code();
    }
  }

  /** A callback parameter of the application's own. */
  public String parameter(URI url) {
    return CallbackParameter.builder(url)
        .bodyType(CallbackBodyType.FORM)
        .member(CallbackVariable.OBJECT)
        .build()
        .value();
  }

  /** Returns the terms of a ticket, or the reason for its refusal. */
  public String terms(UploadTickets tickets, String ticket, Instant now) {
    try {
      GrantTerms terms = tickets.verify(ticket, now);
      return terms.bucket() + "/" + terms.prefix();
    } catch (TicketRefusedException e) {
      return e.reason() + ": " + e.fact() + " " + e.fix();
    }
  }

  /** Returns an uploaded picture, as a test of the application creates it. */
  public static UploadedObject picture() {
    return UploadedObject.builder("examplebucket", new ObjectKey("pictures/a.png"))
        .caller(Caller.named("alice"))
        .size(54_321)
        .mimeType("image/png")
        .image(new UploadedImage(640, 480, "png"))
        .confirmation(Confirmation.CONFIRMED)
        .build();
  }

  /** Returns the events so far. */
  public List<String> log() {
    return List.copyOf(log);
  }

  private void stored(UploadedObject object) {
    log.add("stored " + object.key());
  }

  private void granted(GrantEvent event) {
    log.add(event.kind() + " " + event.outcome() + " in " + event.took().compareTo(Duration.ZERO));
  }

  private void calledBack(CallbackEvent event) {
    log.add(event.outcome());
  }

  private static Map<String, String> masked(Map<String, String> settings) {
    Map<String, String> shown = new HashMap<>(settings);
    SecretNames.ofSettings().forEach(name -> shown.replace(name, "***"));
    return shown;
  }
}
