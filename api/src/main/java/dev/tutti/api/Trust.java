package dev.tutti.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client believes that a server is who it says. */
public final class Trust {

  private Trust() {}

  /**
   * Those in a file, and nobody else.
   *
   * @param file certificates in PEM
   * @throws IOException when it cannot be read
   * @throws GeneralSecurityException when there is no certificate in it
   */
  public static SSLSocketFactory in(Path file) throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> certificates;
    try (InputStream pem = Files.newInputStream(file)) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem);
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("it holds none");
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    for (Certificate certificate : certificates) {
      trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
