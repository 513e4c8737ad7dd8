#
# Without -Apply nothing is written: each change is shown, as -WhatIf does.
#   .\FILE.ps1                 what would be changed, and what has changed since
#   .\FILE.ps1 -Apply          changes it, and logs old and new values
#   .\FILE.ps1 -Undo [-Apply]  puts the old values back, the last one first
#   -Server DC                 the domain controller; else the PDC emulator
#   -Log FILE                  the log, a CSV; else beside this file
# A value that is not what it was when it was read is left alone, and told.
# Wants the module ActiveDirectory (RSAT); Windows PowerShell 5.1 or 7.

[CmdletBinding(SupportsShouldProcess = $true)]
param(
	[switch]$Apply,
	[switch]$Undo,
	[string]$Server,
	[string]$Log
)

