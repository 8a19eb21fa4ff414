package dev.tutti.simulations;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Stream;

/** Text that is made part by part while it is read, so that never all of it is in memory. */
final class PartStream extends InputStream {

  private final Iterator<String> parts;
  private ByteArrayInputStream current = new ByteArrayInputStream(new byte[0]);

  PartStream(Stream<String> parts) {
    this.parts = parts.iterator();
  }

  @Override
  public int read() {
    return advance() ? current.read() : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    return length == 0 ? 0 : advance() ? current.read(bytes, offset, length) : -1;
  }

  private boolean advance() {
    while (current.available() == 0) {
      if (!parts.hasNext()) {
        return false;
      }
      current = new ByteArrayInputStream(parts.next().getBytes(StandardCharsets.UTF_8));
    }
    return true;
  }
}
