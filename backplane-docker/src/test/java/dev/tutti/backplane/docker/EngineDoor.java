package dev.tutti.backplane.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket in front of an engine's own. It passes everything on, and has the accidents that tests
 * ask for: it shuts, cuts the events, lets calls wait, and lets the engine's clock seem to be off.
 */
final class EngineDoor implements AutoCloseable {

  private static final String SCHEME = "unix://";
  private static final int WAITING = 1024;
  private static final int CHUNK = 64 * 1024;
  private static final Pattern REQUEST = Pattern.compile("^([A-Z]+ (?:/v[0-9.]+)?/\\S*) HTTP/1");
  private static final Pattern EVENTS = Pattern.compile("/events(\\?|$)");

  private final UnixDomainSocketAddress engine;
  private final Path folder;
  private final UnixDomainSocketAddress socket;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private volatile ServerSocketChannel door;
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration clockOff = Duration.ZERO;
  private volatile boolean eventsAreCut;

  /**
   * @param host the engine's socket, as {@code unix:///…}
   */
  EngineDoor(String host) throws IOException {
    engine = UnixDomainSocketAddress.of(host.substring(SCHEME.length()));
    folder = Files.createTempDirectory("door");
    socket = UnixDomainSocketAddress.of(folder.resolve("docker.sock"));
    door = opened();
  }

  /** To be used in place of the engine's own. */
  String host() {
    return SCHEME + socket.getPath();
  }

  /** What was asked so far: method and path of each call. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** From now on nobody is there. */
  void shut() {
    try {
      door.close();
      Files.deleteIfExists(socket.getPath());
      passages.forEach(Passage::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After {@link #shut}. */
  void open() {
    try {
      door = opened();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the streams of events, and gives no other until that is over. */
  void cutEvents(boolean cut) {
    eventsAreCut = cut;
    if (cut) {
      passages.stream().filter(passage -> passage.carriesEvents).forEach(Passage::close);
    }
  }

  /** Each call is passed on after so long. */
  void delay(Duration time) {
    delay = time;
  }

  /** Whatever time the engine says is so much later. */
  void clockOff(Duration difference) {
    clockOff = difference;
  }

  private ServerSocketChannel opened() throws IOException {
    ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    opened.bind(socket, WAITING);
    Thread.ofVirtual().start(() -> receive(opened));
    return opened;
  }

  private void receive(ServerSocketChannel opened) {
    try {
      while (true) {
        SocketChannel caller = opened.accept();
        try {
          new Passage(caller, SocketChannel.open(engine)).begin();
        } catch (IOException gone) {
          caller.close();
        }
      }
    } catch (IOException shut) {
      // Nobody comes any more.
    }
  }

  /** One connection. */
  private final class Passage {

    private final SocketChannel caller;
    private final SocketChannel callee;
    private volatile boolean carriesEvents;

    Passage(SocketChannel caller, SocketChannel callee) {
      this.caller = caller;
      this.callee = callee;
    }

    void begin() {
      passages.add(this);
      Thread.ofVirtual().start(() -> carry(caller, callee, this::asked));
      Thread.ofVirtual().start(() -> carry(callee, caller, this::answered));
    }

    private void carry(SocketChannel from, SocketChannel to, Change change) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      try {
        while (from.read(chunk.clear()) >= 0) {
          ByteBuffer changed = change.of(chunk.flip());
          while (changed.hasRemaining()) {
            to.write(changed);
          }
        }
      } catch (IOException | InterruptedException over) {
        // The other side hears of it too.
      } finally {
        close();
      }
    }

    /** Clients wait for the answer before they ask again, so a request begins a chunk. */
    private ByteBuffer asked(ByteBuffer chunk) throws IOException, InterruptedException {
      Matcher request = REQUEST.matcher(ISO_8859_1.decode(chunk.duplicate()));
      if (request.find()) {
        requests.add(request.group(1));
        carriesEvents = EVENTS.matcher(request.group(1)).find();
        if (carriesEvents && eventsAreCut) {
          throw new IOException("cut");
        }
        Thread.sleep(delay);
      }
      return chunk;
    }

    private ByteBuffer answered(ByteBuffer chunk) {
      return clockOff.isZero()
          ? chunk
          : ISO_8859_1.encode(ShiftedTime.by(clockOff, ISO_8859_1.decode(chunk).toString()));
    }

    void close() {
      passages.remove(this);
      try (caller;
          callee) {
        // Both end together.
      } catch (IOException gone) {
        // It ended by itself.
      }
    }
  }

  /** What becomes of what is passed on. */
  @FunctionalInterface
  private interface Change {
    ByteBuffer of(ByteBuffer chunk) throws IOException, InterruptedException;
  }

  @Override
  public void close() {
    shut();
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
