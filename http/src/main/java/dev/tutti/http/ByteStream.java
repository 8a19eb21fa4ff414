package dev.tutti.http;

import dev.tutti.core.surface.Answer;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends bytes as they come, such as a log that somebody follows. */
final class ByteStream {

  private static final Logger log = LoggerFactory.getLogger(ByteStream.class);
  private static final int PIECE = 16 * 1024;

  private final Connection connection;
  private final String mediaType;
  private final InputStream body;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean ended;

  ByteStream(Connection connection, Answer.Bytes answer) {
    this.connection = connection;
    this.mediaType = answer.mediaType();
    this.body = answer.body();
  }

  void send(boolean head) {
    ChunkedAnswer answer = connection.chunkedAnswer();
    Thread thread = Thread.currentThread();
    // A read that waits for the next line ends by an interrupt or by closing: who knows by which.
    connection.startStreaming(() -> {
      ended = true;
      thread.interrupt();
      close();
    });
    try {
      answer.begin(mediaType);
      if (!head) {
        copy(answer);
      }
    } catch (CloseConnectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Without the last chunk the client sees that something is missing.
      if (!ended) {
        log.warn("A stream could not be read to its end", e);
      }
      throw new CloseConnectionException("The stream broke off", e);
    } finally {
      connection.finishStreaming();
      close();
    }
    throw new CloseConnectionException("The stream is at its end");
  }

  private void copy(ChunkedAnswer answer) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
      answer.write(piece, count);
    }
    answer.end();
  }

  /** Once, by whoever comes first: the reader at the end, or who ends it from outside. */
  private void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        body.close();
      } catch (IOException e) {
        log.debug("A stream did not close", e);
      }
    }
  }
}
