import TierproofCommands

EntryPoint.run()
