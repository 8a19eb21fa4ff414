package dev.tutti.backplane.testkit;

/** What a backplane says of its workloads, whatever happens. */
public abstract class ObservationContract extends BackplaneContract
    implements EndingsTheme, AdoptionTheme, VanishingTheme, CrowdTheme, TroubleTheme {}
