package shop;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Compresses the body, and leaves a length that was set as it is, as many such wrappers do. */
final class Compressed extends HttpServletResponseWrapper {
  private GZIPOutputStream compressing;

  Compressed(HttpServletResponse response) {
    super(response);
    response.setHeader("Content-Encoding", "gzip");
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream out = super.getOutputStream();
    compressing = new GZIPOutputStream(out);
    return new ServletOutputStream() {
      @Override
      public void write(int octet) throws IOException {
        compressing.write(octet);
      }

      @Override
      public boolean isReady() {
        return out.isReady();
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
      }
    };
  }

  void finish() throws IOException {
    if (compressing != null) {
      compressing.finish();
    }
  }
}
