package dev.tutti.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sets what is logged, and where to. */
final class Logging {

  static final String TEXT = "text";
  static final String JSON = "json";

  private Logging() {}

  /** The level of our own loggers; libraries stay at warnings unless all is wanted. */
  static void level(String level) {
    logger("dev.tutti").setLevel(Level.toLevel(level));
    if (level.equals("TRACE")) {
      logger(Logger.ROOT_LOGGER_NAME).setLevel(Level.DEBUG);
    }
  }

  /** The level, and whether lines are for people or, with {@code json}, for programs. */
  static void set(String level, String format) {
    level(level);
    Logger root = logger(Logger.ROOT_LOGGER_NAME);
    // Who configures Logback with a file of their own has no such appender, and no need for this.
    if (root.getAppender(LoggingDefaults.CONSOLE)
        instanceof ConsoleAppender<ILoggingEvent> console) {
      LoggerContext context = root.getLoggerContext();
      console.setEncoder(
          format.equals(JSON) ? JsonLines.encoder(context) : LoggingDefaults.text(context));
    }
  }

  /** Sends everything to a file, for programs whose output is for people. */
  static void toFile(Path file) {
    Logger root = logger(Logger.ROOT_LOGGER_NAME);
    LoggerContext context = root.getLoggerContext();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{20} " + LoggingDefaults.MESSAGE);
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
