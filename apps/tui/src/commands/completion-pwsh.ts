/** The script for PowerShell; see completion-scripts.ts. */
export const pwshScript = `# PowerShell completion of install-summary. Load it with: install-summary completion pwsh | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'install-summary' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = $wordToComplete -replace '^[''"]|[''"]$'
    $constant = [System.Management.Automation.Language.StringConstantExpressionAst]
    $before = @($commandAst.CommandElements |
        Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is $constant) { $_.Value } else { $_.Extent.Text } })
    foreach ($line in @(& install-summary complete '--' "=$typed" @before 2>$null)) {
        $word, $meaning = $line -split "\`t", 2
        # PowerShell itself completes files where nothing is found.
        if ($word -eq ':files') { continue }
        $words = @($word)
        if ($word -eq ':files@') {
            $files = [System.Management.Automation.CompletionCompleters]::CompleteFilename($typed.Substring(1))
            $words = @($files | ForEach-Object { '@' + ($_.CompletionText -replace '^''|''$' -replace '''''', '''') })
        }
        foreach ($each in $words) {
            $quoted = $each
            # Typographic quotes end a text in quotes, too.
            if ($each -notmatch '^[\\w./:=+-]+$') { $quoted = "'" + ($each -replace '[''\\u2018-\\u201b]', '$0$0') + "'" }
            $tip = if ($meaning) { $meaning } else { $each }
            [System.Management.Automation.CompletionResult]::new($quoted, $each, 'ParameterValue', $tip)
        }
    }
}
`;
