#
# Without -Apply nothing is written: each command is shown, as -WhatIf does.
#   .\cloud.ps1          what would be run
#   .\cloud.ps1 -Apply   runs it, and logs old and new values
#   -Log FILE            the log, a CSV; else beside this file
# Connect first: Connect-ExchangeOnline for what Exchange Online masters, and
# Connect-MgGraph -Scopes User.ReadWrite.All, Group.ReadWrite.All for the rest.
# Where New is $null no value is known that is right for sure: write one there,
# or leave it, and it is passed over. Where Command is $null no command is known
# for the attribute: Fix says what to do. Windows PowerShell 5.1 or 7.

[CmdletBinding(SupportsShouldProcess = $true)]
param(
	[switch]$Apply,
	[string]$Log
)

