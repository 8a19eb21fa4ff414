package dev.tutti.app;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The version this program was built as, and the Java that runs it. */
@Command(name = "version", description = "Says which version this is.")
final class Version implements IVersionProvider, Runnable {
  @Override
  public String[] getVersion() {
    String built =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("unpackaged");
    return new String[] {"tutti " + built + " (Java " + Runtime.version() + ")"};
  }

  @Override
  public void run() {
    for (String line : getVersion()) {
      System.out.println(line);
    }
  }
}
