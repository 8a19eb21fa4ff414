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

  private CsvStream() {}

  /** Begins to write; a reader that leaves ends it. */
  static InputStream of(ResultSource results, String simulation, String measurement) {
    PipedInputStream in = new PipedInputStream(BUFFER);
    try {
      PipedOutputStream out = new PipedOutputStream(in);
      Thread.ofVirtual()
          .name("csv-" + simulation)
          .start(() -> write(results, simulation, measurement, out));
      return in;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * What fails leaves the pipe without an end, so that the reader notices that something is
   * missing.
   */
  private static void write(
      ResultSource results, String simulation, String measurement, PipedOutputStream out) {
    try {
      Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      results.writeCsv(simulation, measurement, writer);
      writer.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("the results {} of {} were not written to their end", measurement, simulation, e);
    }
  }
}
