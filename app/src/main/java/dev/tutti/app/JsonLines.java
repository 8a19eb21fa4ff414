package dev.tutti.app;

import ch.qos.logback.classic.LoggerContext;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;

/** An event of the log as an object of JSON on a line; its members are promised. */
final class JsonLines {

  private static final String LEFT_OUT = "[ignore]";

  private JsonLines() {}

  /** Ready to be used. */
  static LogstashEncoder encoder(LoggerContext context) {
    LogstashFieldNames names = new LogstashFieldNames();
    names.setTimestamp("time");
    names.setLevel("level");
    names.setLogger("logger");
    names.setThread("thread");
    names.setMessage("message");
    names.setStackTrace("error");
    names.setVersion(LEFT_OUT);
    names.setLevelValue(LEFT_OUT);
    names.setTags(LEFT_OUT);
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.setContext(context);
    encoder.setFieldNames(names);
    encoder.setTimeZone("UTC");
    encoder.setIncludeContext(false);
    encoder.setIncludeMdc(false);
    encoder.start();
    return encoder;
  }
}
