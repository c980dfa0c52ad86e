import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A proxy that gives every connection to the next node, or to the other one if that does not run.
 *
 * <p>Run it with {@code java RoundRobin.java PORT NODE NODE}. All ports are of this machine.
 */
final class RoundRobin {
  private final int[] nodes;
  private int next;

  private RoundRobin(int[] nodes) {
    this.nodes = nodes;
  }

  public static void main(String[] ports) throws IOException {
    int[] nodes = new int[ports.length - 1];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = Integer.parseInt(ports[i + 1]);
    }
    RoundRobin proxy = new RoundRobin(nodes);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(Integer.parseInt(ports[0]), 50, loopback)) {
      while (true) {
        proxy.connect(server.accept());
      }
    }
  }

  private void connect(Socket client) throws IOException {
    for (int attempt = 0; attempt < nodes.length; attempt++) {
      Socket node = new Socket();
      try {
        node.connect(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), nodes[next++ % nodes.length]));
      } catch (IOException e) {
        node.close();
        continue;
      }
      copy(client, node);
      copy(node, client);
      return;
    }
    client.close();
  }

  private static void copy(Socket from, Socket to) {
    Thread thread =
        new Thread(
            () -> {
              try (from;
                  to) {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException e) {
                // One side has closed the connection.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
