package dev.tutti.backplane.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a container says, as a stream: the client's callback fills it, a reader empties it. Some
 * engines do not end the answer when the container ends, so it ends here too, once the container
 * has ended and said nothing more for a while.
 */
final class ContainerOutput extends InputStream {

  private static final int WAITING = 64;
  private static final byte[] END = {};
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SILENCE = Duration.ofMillis(500);

  // Bounded: a slow reader slows the engine's answer down, and nothing else.
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(WAITING);
  private final Receiver receiver = new Receiver();
  private final BooleanSupplier over;
  private volatile boolean closed;
  private volatile @Nullable Throwable trouble;
  private byte[] current = {};
  private int at;
  private boolean ended;

  /**
   * @param over whether the container has ended
   */
  ContainerOutput(BooleanSupplier over) {
    this.over = over;
  }

  /** To be given to the engine. */
  ResultCallback<Frame> receiver() {
    return receiver;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == current.length) {
      if (ended || closed || !fetch()) {
        return -1;
      }
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean fetch() throws IOException {
    try {
      byte[] next = next();
      if (next.length == 0) {
        ended = true;
        Throwable why = trouble;
        if (why != null && !closed) {
          throw new IOException("The output of the container broke off.", why);
        }
        return false;
      }
      current = next;
      at = 0;
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for output.", interrupted);
    }
  }

  private byte[] next() throws InterruptedException {
    long silentSince = System.nanoTime();
    while (true) {
      byte[] next = chunks.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      if (next != null) {
        return next;
      }
      if (over.getAsBoolean() && System.nanoTime() - silentSince > SILENCE.toNanos()) {
        receiver.stop();
        return END;
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    receiver.close();
    // Whoever waits for output hears that there will be none.
    chunks.clear();
    var _ = chunks.offer(END);
  }

  private final class Receiver extends ResultCallback.Adapter<Frame> {

    @Override
    public void onStart(Closeable stream) {
      super.onStart(stream);
      if (closed) {
        try {
          stream.close();
        } catch (IOException ignored) {
          // Nobody reads it any more.
        }
      }
    }

    @Override
    public void onNext(Frame frame) {
      byte[] payload = frame.getPayload();
      if (payload.length > 0) {
        // The client reads the next piece into the same array.
        put(payload.clone());
      }
    }

    @Override
    public void onError(Throwable failure) {
      trouble = failure;
      put(END);
      super.onError(failure);
    }

    @Override
    public void onComplete() {
      // First: completing interrupts this thread.
      put(END);
      super.onComplete();
    }

    void stop() {
      try {
        close();
      } catch (IOException ignored) {
        // There was nothing more to come.
      }
    }

    private void put(byte[] chunk) {
      try {
        boolean taken = false;
        while (!taken && !closed) {
          taken = chunks.offer(chunk, 100, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
