Get-MgUser -All | ConvertTo-Json
