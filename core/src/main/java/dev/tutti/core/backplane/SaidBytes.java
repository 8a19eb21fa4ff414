package dev.tutti.core.backplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Keeps the first bytes of an output, and lets the rest go by. Safe for use by several threads. */
public final class SaidBytes {

  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;

  /**
   * @param most how many bytes are kept
   */
  public SaidBytes(int most) {
    this.most = most;
  }

  public synchronized void add(byte[] more, int length) {
    int room = Math.min(length, most - kept.size());
    kept.write(more, 0, room);
    cut |= room < length;
  }

  public synchronized Executed.Said text() {
    return new Executed.Said(kept.toString(UTF_8), cut);
  }
}
