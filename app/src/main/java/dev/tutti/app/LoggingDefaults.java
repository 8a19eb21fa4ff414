package dev.tutti.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * How this program logs unless {@code logback.configurationFile} says otherwise. Code, since
 * reading a file of XML would be a tenth of the time to start. Found by name in {@code
 * META-INF/services}.
 */
public final class LoggingDefaults extends ContextAwareBase implements Configurator {

  /**
   * A message on its lines, without what would steer a terminal or spoil a file: outputs of models
   * are quoted in the log.
   */
  static final String MESSAGE =
      "%replace(%msg){'[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\\uD800-\\uDFFF\\uFFFE\\uFFFF]', '?'}%n";

  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{20} " + MESSAGE;

  /** The name of what writes to standard error. */
  static final String CONSOLE = "console";

  /** Lines for people; ready to be used. */
  static PatternLayoutEncoder text(LoggerContext logging) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(logging);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  @Override
  public ExecutionStatus configure(LoggerContext logging) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(logging);
    console.setName(CONSOLE);
    // Standard output belongs to answers; what the program says about itself goes to standard
    // error.
    console.setTarget("System.err");
    console.setEncoder(text(logging));
    console.start();
    Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    logging.getLogger("dev.tutti").setLevel(Level.INFO);
    logging.getLogger("java.lang.Runtime").setLevel(Level.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
