// The neighbour in Go: five tabs, a field, 40 teachers in a window of 16 rows and a question, with bubbletea.
// Keys: Ctrl+F the list, Ctrl+G the field, Ctrl+T the next tab, Ctrl+O the question, Ctrl+Q the end.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
)

const teachers, window = 40, 16

var (
	tabs   = []string{"Praktik", "Kompetensi", "Tugas", "Perilaku", "Rangkuman"}
	chosen = lipgloss.NewStyle().Reverse(true)
	frame  = lipgloss.NewStyle().Border(lipgloss.NormalBorder()).Width(96).Height(22)
	asking = lipgloss.NewStyle().Border(lipgloss.NormalBorder()).Width(44).Height(5)
)

type form struct {
	tab, row, top int
	list, ask     bool
	field         textinput.Model
}

func (f form) Init() tea.Cmd { return nil }

func (f form) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	key, pressed := message.(tea.KeyMsg)
	if !pressed {
		return f, nil
	}
	switch key.String() {
	case "ctrl+q":
		return f, tea.Quit
	case "ctrl+f":
		f.list = true
	case "ctrl+g":
		f.list = false
	case "ctrl+t":
		f.tab = (f.tab + 1) % len(tabs)
	case "ctrl+o":
		f.ask = !f.ask
	case "down":
		if f.row < teachers-1 {
			f.row++
		}
		if f.row >= f.top+window {
			f.top = f.row - window + 1
		}
	default:
		if !f.list {
			f.field, _ = f.field.Update(message)
		}
	}
	return f, nil
}

func (f form) View() string {
	var text strings.Builder
	for n, name := range tabs {
		if n == f.tab {
			name = chosen.Render(name)
		}
		text.WriteString(" " + name + " ")
	}
	text.WriteString("\n\n" + f.field.View() + "\n\n")
	if f.ask {
		return text.String() + asking.Render("Data sudah sesuai?\n\n  [Ya, lanjut]  [Batal]")
	}
	for n := f.top; n < f.top+window; n++ {
		line := fmt.Sprintf("  ( ) %s guru nomor %d", tabs[f.tab], n)
		if n == f.row {
			line = chosen.Render(line)
		}
		text.WriteString(line + "\n")
	}
	return frame.Render(text.String())
}

func main() {
	field := textinput.New()
	field.Focus()
	if err := tea.NewProgram(form{field: field}, tea.WithAltScreen()).Start(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
