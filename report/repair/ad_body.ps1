
# ---- from here on every file is the same ----

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
Import-Module ActiveDirectory
if (-not $Apply) {
	$WhatIfPreference = $true
}
if (-not $Server) {
	$Server = [string](Get-ADDomain -Server $Domain).PDCEmulator
}
if (-not $Log) {
	$Log = $PSCommandPath + '.log.csv'
}
$counts = @{ changed = 0; shown = 0; done = 0; left = 0 }

# Byte by byte: -eq takes no notice of characters without width.
function Test-Text([string]$One, [string]$Other) {
	return [string]::Equals($One, $Other, [StringComparison]::Ordinal)
}

function Test-In([string[]]$Have, [string]$Want) {
	foreach ($one in $Have) {
		if (Test-Text $one $Want) {
			return $true
		}
	}
	return $false
}

function Get-Present($Object, [string]$Attribute) {
	$values = @()
	if ($Object.PropertyNames -contains $Attribute) {
		foreach ($one in $Object.$Attribute) {
			if ($null -ne $one) {
				$values += [string]$one
			}
		}
	}
	return , [string[]]$values
}

# 'ready', 'done' (it is so already), or 'left': AD has something else.
function Get-State([string[]]$Have, $From, $To, [bool]$List) {
	$isThere = $null -ne $From -and (Test-In $Have $From)
	$isNew = $null -ne $To -and (Test-In $Have $To)
	if ($null -ne $From) {
		if ($isThere -and -not $isNew) {
			return 'ready'
		}
		if (-not $isThere -and ($isNew -or ($null -eq $To -and
			($List -or $Have.Count -eq 0)))) {
			return 'done'
		}
		return 'left'
	}
	if ($isNew) {
		return 'done'
	}
	if ($List -or $Have.Count -eq 0) {
		return 'ready'
	}
	return 'left'
}

function Write-Log($Change, $Value, [string]$Result, [string]$Message) {
	[pscustomobject]@{
		Time = (Get-Date).ToString('o')
		Server = $Server
		Object = $Change.Object
		Name = $Change.Name
		Attribute = $Value.Attribute
		Old = $Value.From
		New = $Value.To
		Result = $Result
		Message = $Message
	} | Export-Csv -LiteralPath $Log -Append -NoTypeInformation `
		-Encoding UTF8 -WhatIf:$false -Confirm:$false
}

# All values of the object in one call: in it -Remove comes before -Add.
function Set-Values($Present, $Values) {
	$how = @{ Identity = $Present.ObjectGUID; Server = $Server }
	$remove = @{}
	$add = @{}
	$replace = @{}
	$clear = @()
	foreach ($value in $Values) {
		$name = $value.Attribute
		if (-not $value.List) {
			if ($null -ne $value.To) {
				$replace[$name] = [string]$value.To
			} else {
				$clear += $name
			}
			continue
		}
		if ($null -ne $value.From) {
			$remove[$name] = [string[]](@($remove[$name]) +
				[string]$value.From -ne $null)
		}
		if ($null -ne $value.To) {
			$add[$name] = [string[]](@($add[$name]) +
				[string]$value.To -ne $null)
		}
	}
	if ($remove.Count) {
		$how.Remove = $remove
	}
	if ($add.Count) {
		$how.Add = $add
	}
	if ($replace.Count) {
		$how.Replace = $replace
	}
	if ($clear.Count) {
		$how.Clear = [string[]]$clear
	}
	if ($Present.ObjectClass -eq 'user' -or
		$Present.ObjectClass -eq 'inetOrgPerson') {
		Set-ADUser @how
	} else {
		Set-ADObject @how
	}
}

function Get-Directed($Change) {
	foreach ($value in $Change.Values) {
		@{
			Attribute = $value.Attribute
			List = [bool]$value.List
			From = if ($Undo) { $value.New } else { $value.Old }
			To = if ($Undo) { $value.Old } else { $value.New }
		}
	}
}

function Invoke-Change($Change) {
	$values = @(Get-Directed $Change)
	$names = @($values | ForEach-Object { $_.Attribute } |
		Select-Object -Unique)
	$present = Get-ADObject -Identity $Change.Object -Server $Server `
		-Properties $names
	$states = @($values | ForEach-Object {
		Get-State (Get-Present $present $_.Attribute) $_.From $_.To `
			$_.List
	})
	if ($states -contains 'left') {
		$counts.left++
		Write-Warning ('Left alone, it has another value by now: ' +
			$Change.Name)
		$values | ForEach-Object { Write-Log $Change $_ 'left' (
			'now: ' + ((Get-Present $present $_.Attribute) -join
			'; ')) }
		return
	}
	$open = @()
	for ($i = 0; $i -lt $values.Count; $i++) {
		if ($states[$i] -eq 'ready') {
			$open += $values[$i]
		}
	}
	if (-not $open.Count) {
		$counts.done++
		return
	}
	Set-Values $present $open
	$result = if ($WhatIfPreference) { 'shown' } else { 'changed' }
	$counts[$result]++
	$open | ForEach-Object { Write-Log $Change $_ $result '' }
}

if ($Undo) {
	[array]::Reverse($Changes)
}
foreach ($change in $Changes) {
	try {
		Invoke-Change $change
	} catch {
		$counts.left++
		$why = $_.Exception.Message
		Write-Warning ('Not changed: ' + $change.Name + ': ' + $why)
		Get-Directed $change | ForEach-Object {
			Write-Log $change $_ 'failed' $why
		}
	}
}
Write-Output ('{0} changed, {1} only shown, {2} so already, {3} left alone; log: {4}' -f
	$counts.changed, $counts.shown, $counts.done, $counts.left, $Log)
