
# ---- from here on every file is the same ----

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
if (-not $Apply) {
	$WhatIfPreference = $true
}
if (-not $Log) {
	$Log = $PSCommandPath + '.log.csv'
}
$counts = @{ changed = 0; shown = 0; open = 0; failed = 0 }

function Write-Log($Change, [string]$Result, [string]$Message) {
	[pscustomobject]@{
		Time = (Get-Date).ToString('o')
		Object = $Change.Object
		Name = $Change.Name
		Attribute = $Change.Attribute
		Old = $Change.Old
		New = $Change.New
		Result = $Result
		Message = $Message
	} | Export-Csv -LiteralPath $Log -Append -NoTypeInformation `
		-Encoding UTF8 -WhatIf:$false -Confirm:$false
}

# EmailAddresses is a list: one value goes, another one comes.
function Get-Argument($Change) {
	if ($Change.Parameter -ne 'EmailAddresses') {
		return [string]$Change.New
	}
	$list = @{ Add = [string]$Change.New }
	if ($null -ne $Change.Old) {
		$list.Remove = [string]$Change.Old
	}
	return $list
}

function Invoke-Change($Change) {
	$lacks = ''
	if (-not $Change.Command) {
		$lacks = 'No command'
	} elseif ($null -eq $Change.New) {
		$lacks = 'No value'
	}
	if ($lacks) {
		$counts.open++
		Write-Warning ($lacks + ' is known for ' + $Change.Attribute +
			' of ' + $Change.Name + ': ' + $Change.Fix)
		return
	}
	$how = @{}
	$how[$Change.Key] = [string]$Change.Object
	$how[$Change.Parameter] = Get-Argument $Change
	$what = $Change.Command + ' ' + $Change.Attribute
	if ($PSCmdlet.ShouldProcess($Change.Name, $what)) {
		& $Change.Command @how
		$counts.changed++
		Write-Log $Change 'changed' ''
	} else {
		$counts.shown++
		Write-Log $Change 'shown' ''
	}
}

foreach ($change in $Changes) {
	try {
		Invoke-Change $change
	} catch {
		$counts.failed++
		$why = $_.Exception.Message
		Write-Warning ('Not changed: ' + $change.Name + ': ' + $why)
		Write-Log $change 'failed' $why
	}
}
Write-Output ('{0} changed, {1} only shown, {2} without a value, {3} failed; log: {4}' -f
	$counts.changed, $counts.shown, $counts.open, $counts.failed, $Log)
