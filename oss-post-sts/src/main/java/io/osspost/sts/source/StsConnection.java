package io.osspost.sts.source;

import com.aliyun.credentials.http.CompatibleUrlConnClient;
import com.aliyun.credentials.http.HttpRequest;
import com.aliyun.credentials.http.HttpResponse;
import com.aliyun.credentials.http.MethodType;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.RefreshResult;
import com.aliyun.credentials.utils.ParameterHelper;
import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection to STS, which also returns the time. If the local clock is known to be wrong, the
 * call uses the time of STS and is signed again, because credentials-java only uses the local
 * clock. Not thread-safe.
 */
final class StsConnection extends Connection {
  private final @Nullable OssCredentials caller;
  private final ServerClock clock;

  /**
   * Creates a connection for one call.
   *
   * @param caller the credentials whose signature the call carries, if it carries one
   */
  StsConnection(URI endpoint, @Nullable OssCredentials caller, ServerClock clock) {
    super("STS", endpoint);
    this.caller = caller;
    this.clock = clock;
  }

  /** Repeats a call that was refused for its time, now that the time of STS is known. */
  @Override
  OssCredentials fetch(Function<CompatibleUrlConnClient, RefreshResult<CredentialModel>> call) {
    try {
      return super.fetch(call);
    } catch (CredentialsUnavailableException e) {
      Refusal refusal = refusal();
      if (refusal == null || !refusal.isAboutTheClock() || !clock.isCorrected()) {
        throw e;
      }
      return super.fetch(call);
    }
  }

  @Override
  public HttpResponse syncInvoke(HttpRequest request) {
    if (clock.isCorrected()) {
      request.setSysUrl(withServerTime(request));
    }
    HttpResponse response = super.syncInvoke(request);
    String date = response.getHeaderValue("Date");
    if (date != null) {
      try {
        clock.learn(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
      } catch (DateTimeParseException e) {
        // A response without a valid time is ignored.
      }
    }
    return response;
  }

  private String withServerTime(HttpRequest request) {
    ParameterHelper rpc = new ParameterHelper();
    Map<String, String> parameters = new TreeMap<>(request.getUrlParameters());
    parameters.put("Timestamp", ParameterHelper.getISO8601Time(Date.from(clock.instant())));
    if (parameters.remove("Signature") != null && caller != null) {
      String toSign = rpc.composeStringToSign(MethodType.GET, parameters);
      parameters.put("Signature", rpc.signString(toSign, caller.accessKeySecret() + "&"));
    }
    return rpc.composeUrl("sts.aliyuncs.com", parameters, "https");
  }
}
