package dev.tutti.app;

import dev.tutti.app.settings.Values;
import dev.tutti.app.settings.Wrong;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.http.HttpSettings;
import dev.tutti.http.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How the API is reached, beyond its address.
 *
 * @param certificate with which it speaks HTTPS, PEM; empty for HTTP
 * @param key of the certificate, PEM
 * @param insecureHttp whether HTTP may be spoken beyond this machine
 * @param names under which clients may address the server; empty for any, but on loopback
 * @param signInLifetime how long a person stays signed in
 */
record ApiAccess(
    Optional<Path> certificate,
    Optional<Path> key,
    boolean insecureHttp,
    Set<String> names,
    Duration signInLifetime) {

  ApiAccess {
    names = Set.copyOf(names);
  }

  static ApiAccess of(Values values) {
    return new ApiAccess(
        values.find(ServerSettings.TLS_CERTIFICATE).map(Path::toAbsolutePath),
        values.find(ServerSettings.TLS_KEY).map(Path::toAbsolutePath),
        values.get(ServerSettings.INSECURE_HTTP),
        Set.copyOf(values.get(ServerSettings.API_NAMES)),
        values.get(ServerSettings.SIGN_IN_LIFETIME));
  }

  /** Tells when one of the two files is missing. */
  static void check(Values values, Consumer<Wrong> wrong) {
    if (values.isSet(ServerSettings.TLS_CERTIFICATE) != values.isSet(ServerSettings.TLS_KEY)) {
      wrong.accept(
          new Wrong(
              "",
              "TUTTI_TLS_CERTIFICATE and TUTTI_TLS_KEY go together, and one of them is missing",
              "Set both, or none."));
    }
  }

  /**
   * Takes care that no token crosses a network readable unless somebody said so.
   *
   * @throws Failure.Rejected when it would
   */
  void requireSafe(String host) {
    if (certificate.isEmpty() && !insecureHttp && !HttpSettings.isLoopback(host)) {
      throw wrong(
          "The API would listen at %s, beyond this machine, without encryption: whoever reads the network could take tokens."
              .formatted(host),
          "Set TUTTI_TLS_CERTIFICATE and TUTTI_TLS_KEY, or use --insecure-http (TUTTI_INSECURE_HTTP=true) when something before the server encrypts.");
    }
  }

  /** The certificate, read from now on whenever it changes; empty when HTTP is spoken. */
  Optional<Tls> openTls(InstantSource clock) {
    return certificate.flatMap(own -> key.map(secret -> Tls.open(own, secret, clock)));
  }

  private static Failure.Rejected wrong(String what, String whatToDo) {
    return new Failure.Rejected(
        Problem.of("invalid-configuration", 400, what).suggesting(whatToDo));
  }
}
