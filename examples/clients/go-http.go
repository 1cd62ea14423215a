// Go with its standard library.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
)

var client = clientTrusting(os.Getenv("CA"))

// clientTrusting makes a client that trusts the certificates of one authority, or without a file those of the system.
func clientTrusting(file string) *http.Client {
	if file == "" {
		return http.DefaultClient
	}
	pem, err := os.ReadFile(file)
	check(err)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	return &http.Client{Transport: transport}
}

// graphError is how Graph says what is wrong.
type graphError struct {
	Status  int
	Code    string `json:"code"`
	Message string `json:"message"`
	Inner   struct {
		RequestID string `json:"request-id"`
	} `json:"innerError"`
}

func (fault *graphError) Error() string {
	return fmt.Sprintf("%d %s: %s", fault.Status, fault.Code, fault.Message)
}

type installSummary struct {
	// A pointer: a number that is missing is no 0.
	FailedDeviceCount *int `json:"failedDeviceCount"`
}

// send sends a request, reads the body of its response into result, and returns the ETag.
func send(method, url string, body any, ifMatch string, result any) (string, error) {
	text, err := json.Marshal(body)
	check(err)
	request, err := http.NewRequest(method, url, bytes.NewReader(text))
	check(err)
	request.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))
	if method == http.MethodGet {
		request.Body, request.ContentLength = nil, 0
	} else {
		request.Header.Set("Content-Type", "application/json")
	}
	if ifMatch != "" {
		request.Header.Set("If-Match", ifMatch)
	}
	response, err := client.Do(request)
	check(err)
	defer response.Body.Close()
	if response.StatusCode >= 400 {
		fault := struct{ Error graphError }{}
		check(json.NewDecoder(response.Body).Decode(&fault))
		fault.Error.Status = response.StatusCode
		return "", &fault.Error
	}
	return response.Header.Get("ETag"), json.NewDecoder(response.Body).Decode(result)
}

func main() {
	graph, app := os.Getenv("GRAPH"), os.Getenv("APP")
	apps := graph + "/deviceAppManagement/mobileApps"
	path := "/deviceAppManagement/mobileApps/" + app + "/installSummary"

	var read installSummary
	etag, err := send("GET", graph+path, nil, "", &read)
	check(err)
	if etag == "" || read.FailedDeviceCount == nil {
		log.Fatal("The response has no ETag or no number: a change would overwrite what is there.")
	}

	query := url.Values{
		"$filter": {"installSummary/failedDeviceCount gt 100"},
		"$expand": {"installSummary"},
		"$top":    {"5"},
	}
	failing := []string{}
	for next := apps + "?" + query.Encode(); next != ""; {
		var page struct {
			Value []struct{ DisplayName string }
			Next  string `json:"@odata.nextLink"`
		}
		_, err = send("GET", next, nil, "", &page)
		check(err)
		for _, app := range page.Value {
			failing = append(failing, app.DisplayName)
		}
		next = page.Next
	}

	// A map or pointers, not a struct of numbers: a counter that is left out of it keeps its value, a 0 does not.
	patch := map[string]int{"failedDeviceCount": *read.FailedDeviceCount + 1}
	var changed installSummary
	_, err = send("PATCH", graph+path, patch, etag, &changed)
	check(err)

	_, err = send("PATCH", graph+path, map[string]int{"failedDeviceCount": 0}, etag, nil)
	conflict, isGraphError := err.(*graphError)
	if !isGraphError || conflict.Code != "PreconditionFailed" {
		log.Fatal(err) // otherwise someone else has changed the summary since: read it again
	}

	var batch struct {
		Responses []struct {
			ID     string
			Status int
			Body   installSummary
		}
	}
	_, err = send("POST", graph+"/$batch", map[string]any{"requests": []any{
		map[string]any{
			"id": "change", "method": "PATCH", "url": path, "body": map[string]int{"failedDeviceCount": 0},
			"headers": map[string]string{"Content-Type": "application/json", "If-Match": etag},
		},
		map[string]any{"id": "read", "method": "GET", "url": path},
	}}, "", &batch)
	check(err)

	// The responses of a batch may come in any order.
	statuses := map[string]int{}
	var after *int
	for _, response := range batch.Responses {
		statuses[response.ID] = response.Status
		if response.ID == "read" {
			after = response.Body.FailedDeviceCount
		}
	}

	_, err = send("PATCH", graph+path, map[string]int{"failedDeviceCount": -1}, "", nil)
	fault, _ := err.(*graphError)

	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"read": read.FailedDeviceCount, "failing": failing, "changed": changed.FailedDeviceCount,
		"conflict": []any{conflict.Status, conflict.Code, conflict.Inner.RequestID},
		"batch":    []int{statuses["change"], statuses["read"]},
		"after":    after,
		"fault":    []any{fault.Status, fault.Code, fault.Message},
	}))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
