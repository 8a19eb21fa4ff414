package dev.tutti.simulations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table that is written while it is read: a year of results need not fit into memory. */
final class CsvStream {

  private static final Logger LOG = LoggerFactory.getLogger(CsvStream.class);
  private static final int BUFFER = 256 * 1024;

  /** What writes the table. */
  @FunctionalInterface
  interface Table {
    void to(Writer out) throws IOException;
  }

  private CsvStream() {}

  /** Begins to write; a reader that leaves ends it. */
  static InputStream of(String name, Table table) {
    PipedInputStream in = new PipedInputStream(BUFFER);
    try {
      PipedOutputStream out = new PipedOutputStream(in);
      Thread.ofVirtual().name("csv-" + name).start(() -> write(name, table, out));
      return in;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * What fails leaves the pipe without an end, so that the reader notices that something is
   * missing.
   */
  private static void write(String name, Table table, PipedOutputStream out) {
    try {
      Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      table.to(writer);
      writer.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("the results of {} were not written to their end", name, e);
    }
  }
}
