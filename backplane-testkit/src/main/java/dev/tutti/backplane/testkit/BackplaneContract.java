package dev.tutti.backplane.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every backplane keeps. The themes are in two parts, so that two JVMs can play them at the
 * same time: {@link OperationContract} and {@link ObservationContract}. A backplane has a test of
 * each, which says how to make a {@link Workbench}, and nothing else.
 */
@Timeout(60)
@ExtendWith(ConformanceRecord.class)
public abstract class BackplaneContract implements Theme {

  private @Nullable Trial trial;

  /** A fresh one for each test. */
  protected abstract Workbench workbench() throws IOException;

  @BeforeEach
  void open() throws IOException {
    trial = new Trial(workbench());
  }

  @Override
  public final Trial trial() {
    return requireNonNull(trial);
  }

  @AfterEach
  void nothingIsLeftOver() {
    trial().clear();
  }
}
