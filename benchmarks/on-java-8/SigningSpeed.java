import io.osspost.PostFormat;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Prints the CPU time of a grant, as the median of turns of half a second on one thread. */
public final class SigningSpeed {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int TURNS = 11;
  private static final long NANOS_OF_TURN = 500_000_000L;

  private SigningSpeed() {}

  public static void main(String[] arguments) {
    char[] token = new char[600];
    Arrays.fill(token, 't');
    UploadGrants grants =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(
                OssCredentialsProvider.of(
                    OssCredentials.temporary("STS.id", "secret", new String(token))))
            .profile(UploadProfile.builder("default").dir("users/{principal}/").build())
            .build();
    PlannedUpload unnamed = PlannedUpload.unnamed();
    PlannedUpload named = PlannedUpload.of("holiday.gif").size(123_456).type("image/gif");
    print("prefix grant, v4", i -> grant(grants, PostFormat.V4, i, unnamed));
    print("exact grant, form", i -> grant(grants, PostFormat.FORM, i, named));
  }

  private static byte[] grant(UploadGrants grants, PostFormat format, int i, PlannedUpload planned) {
    return grants.post("default", format, Caller.named("user" + i % 1000), planned).toJson();
  }

  private static void print(String name, IntFunction<byte[]> grant) {
    long[] nanos = new long[TURNS];
    for (int turn = -6; turn < TURNS; turn++) {
      long taken = turn(grant);
      if (turn >= 0) {
        nanos[turn] = taken;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-10s %-18s %,7d ns, middle half %,d to %,d%n",
        System.getProperty("java.version"),
        name,
        nanos[TURNS / 2],
        nanos[TURNS / 4],
        nanos[TURNS * 3 / 4]);
  }

  private static long turn(IntFunction<byte[]> grant) {
    long start = CPU.getCurrentThreadCpuTime();
    int count = 0;
    long bytes = 0;
    while (count % 100 != 0 || CPU.getCurrentThreadCpuTime() - start < NANOS_OF_TURN) {
      bytes += grant.apply(count++).length;
    }
    if (bytes == 0) {
      throw new AssertionError("no grant");
    }
    return (CPU.getCurrentThreadCpuTime() - start) / count;
  }
}
