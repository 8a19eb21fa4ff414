package dev.tutti.cli;

import picocli.CommandLine.IVersionProvider;

/** The version this program was built as, and the Java that runs it. */
final class BuiltVersion implements IVersionProvider {
  static String text() {
    return number() + " (Java " + Runtime.version() + ")";
  }

  static String number() {
    String built = BuiltVersion.class.getPackage().getImplementationVersion();
    return built == null ? "unpackaged" : built;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"tutti " + text()};
  }
}
