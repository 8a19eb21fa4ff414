package dev.tutti.backplane.testkit;

/** What a backplane does when it is asked. */
public abstract class OperationContract extends BackplaneContract
    implements StartingTheme,
        StoppingTheme,
        OutputTheme,
        EnvironmentTheme,
        LabelsTheme,
        LimitsTheme,
        ImagesTheme,
        CommandsTheme,
        FilesTheme,
        UsageTheme,
        PortsTheme,
        NetworksTheme,
        VolumesTheme,
        GroupsTheme {}
