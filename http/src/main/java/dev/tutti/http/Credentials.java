package dev.tutti.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate and its key, ready for connections.
 *
 * @param expires when the certificate ends
 */
record Credentials(SSLContext context, Instant expires) {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN ([A-Z]+ )PRIVATE KEY-----");

  /**
   * Makes sense of two files in PEM.
   *
   * @throws Failure.Rejected when that is not possible, they do not belong together, or the
   *     certificate has ended
   */
  static Credentials of(
      Path certificateFile, byte[] certificate, Path keyFile, byte[] key, InstantSource clock) {
    Certificate[] chain = chain(certificateFile, certificate);
    X509Certificate own = (X509Certificate) chain[0];
    PrivateKey secret = key(keyFile, new String(key, US_ASCII), own.getPublicKey());
    if (!belongTogether(secret, own.getPublicKey())) {
      throw unusable(
          "The key in %s is not the one of the certificate in %s."
              .formatted(keyFile, certificateFile),
          "Name the key that the certificate was requested with.");
    }
    Instant expires = own.getNotAfter().toInstant();
    if (expires.isBefore(clock.instant())) {
      throw unusable(
          "The certificate in %s ended at %s.".formatted(certificateFile, expires), "Renew it.");
    }
    return new Credentials(context(chain, secret), expires);
  }

  private static Certificate[] chain(Path file, byte[] pem) {
    try {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .toArray(Certificate[]::new);
      if (chain.length > 0) {
        return chain;
      }
    } catch (GeneralSecurityException noCertificate) {
      // Said below, in words that help.
    }
    throw unusable(
        "There is no certificate in %s.".formatted(file),
        "Put the server's certificate there in PEM, and after it those that lead to its authority.");
  }

  private static PrivateKey key(Path file, String pem, PublicKey half) {
    Matcher matcher = KEY.matcher(pem);
    if (matcher.find()) {
      try {
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
        return KeyFactory.getInstance(half.getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException | IllegalArgumentException otherKind) {
        throw unusable(
            "The key in %s is none of the kind %s, which the certificate has."
                .formatted(file, half.getAlgorithm()),
            "Name the key that the certificate was requested with.");
      }
    }
    if (OTHER_KEY.matcher(pem).find()) {
      throw unusable(
          "The key in %s is encrypted or in an older form.".formatted(file),
          "Write it as PKCS #8: openssl pkcs8 -topk8 -nocrypt -in %s -out new.pem".formatted(file));
    }
    throw unusable(
        "There is no private key in %s.".formatted(file),
        "Put it there in PEM, beginning with -----BEGIN PRIVATE KEY-----.");
  }

  private static boolean belongTogether(PrivateKey secret, PublicKey half) {
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> secret.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(new byte[] {1});
      byte[] signed = signature.sign();
      signature.initVerify(half);
      signature.update(new byte[] {1});
      return signature.verify(signed);
    } catch (GeneralSecurityException differ) {
      return false;
    }
  }

  private static SSLContext context(Certificate[] chain, PrivateKey secret) {
    try {
      char[] none = new char[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, none);
      store.setKeyEntry("server", secret, none, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, none);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalStateException("Certificate and key fit, but cannot be used.", unusable);
    }
  }

  private static Failure.Rejected unusable(String what, String whatToDo) {
    return new Failure.Rejected(Problem.of("certificate-unusable", 400, what).suggesting(whatToDo));
  }
}
