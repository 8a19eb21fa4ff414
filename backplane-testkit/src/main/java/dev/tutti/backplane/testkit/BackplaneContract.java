package dev.tutti.backplane.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every backplane keeps: all themes. Its test extends this and says how to make a {@link
 * Workbench}; nothing else.
 */
@Timeout(60)
@ExtendWith(ConformanceRecord.class)
public abstract class BackplaneContract
    implements StartingTheme,
        EndingsTheme,
        StoppingTheme,
        OutputTheme,
        EnvironmentTheme,
        LabelsTheme,
        LimitsTheme,
        AdoptionTheme,
        VanishingTheme,
        CrowdTheme,
        TroubleTheme,
        ImagesTheme,
        CommandsTheme,
        FilesTheme,
        UsageTheme,
        PortsTheme,
        NetworksTheme,
        VolumesTheme,
        GroupsTheme {

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
