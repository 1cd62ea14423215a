/** The script for fish, which quotes what it inserts; see completion-scripts.ts. */
export const fishScript = `# fish completion of install-summary. Load it with: install-summary completion fish | source
function __install_summary_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l typed (string unescape -- $current)
    or set typed (string replace -r '^[\\'"]' '' -- $current)
    set -e before[1]
    for line in (install-summary complete -- "=$typed" $before 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$typed"
            case ':files@'
                string replace -r '^' '@' -- (__fish_complete_path (string sub -s 2 -- "$typed"))
            case '*'
                echo $line
        end
    end
end
complete -c install-summary -f -a '(__install_summary_complete)'
`;
